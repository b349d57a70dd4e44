import { NativeSelect } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { isLanguage, LANGUAGES, ownName } from '../messages/index.ts'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'

/** The languages that the pages speak; the choice is remembered in this browser. */
export function LanguageSelect() {
  const text = useText()
  const [language, choose] = useLanguage()
  return (
    <NativeSelect
      w={150}
      mt="md"
      size="xs"
      aria-label={text('user.language')}
      leftSection={<IconLanguage size={15} aria-hidden="true" />}
      value={language}
      data={LANGUAGES.map((one) => ({ value: one, label: ownName(one) }))}
      onChange={(event) => {
        const next = event.currentTarget.value
        if (isLanguage(next)) choose(next)
      }}
    />
  )
}
