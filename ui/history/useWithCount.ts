import { useIntl } from 'react-intl'

/** A word with the number of what it stands for: "Entered 1,204". */
export function useWithCount(): (word: string, count: number) => string {
  const intl = useIntl()
  return (word, count) => `${word} ${intl.formatNumber(count)}`
}
