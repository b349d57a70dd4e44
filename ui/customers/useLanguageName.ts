import { useIntl } from 'react-intl'

/** What a language is called in the reader's: “French” of `fr`; the code where it has no name. */
export function useLanguageName(): (code: string) => string {
  const intl = useIntl()
  return (code) => {
    try {
      return intl.formatDisplayName(code, { type: 'language' }) ?? code
    } catch {
      return code
    }
  }
}
