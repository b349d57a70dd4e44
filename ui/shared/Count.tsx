import { useIntl } from 'react-intl'

/** A whole number in the reader's way, its figures all of one width; `signed` puts a plus before growth. */
export function Count({ value, signed = false }: { value: number; signed?: boolean }) {
  const intl = useIntl()
  return (
    <span className="numbers">
      {intl.formatNumber(value, signed ? { signDisplay: 'exceptZero' } : {}).replace('-', '−')}
    </span>
  )
}
