import { useLocalStorage } from '@mantine/hooks'
import { useIntl } from 'react-intl'
import { isLanguage, type Language, languageOf } from '../messages/index.ts'

/** The language that the reader has chosen in this browser (null: none yet), and how to choose another. */
export function useChosenLanguage(): [Language | null, (language: Language) => void] {
  const [chosen, choose] = useLocalStorage<Language | null>({
    key: 'language',
    defaultValue: null,
    getInitialValueInEffect: false,
    serialize: (language) => language ?? '',
    deserialize: (kept) => (isLanguage(kept) ? kept : null),
  })
  return [chosen, choose]
}

/** The language that is shown, chosen or not, and how to choose another. */
export function useLanguage(): [Language, (language: Language) => void] {
  const [, choose] = useChosenLanguage()
  return [languageOf(useIntl().locale) ?? 'en', choose]
}
