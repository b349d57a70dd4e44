import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { addressOf } from '../client/address.ts'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'

type Props = {
  /** Of a call that answers with CSV. */
  path: string
  query?: Readonly<Record<string, unknown>>
}

/** What is shown as a file: plain, or with the mark by which spreadsheets know the letters. */
export function ExportMenu({ path, query = {} }: Props) {
  const text = useText()
  const [language] = useLanguage()
  const to = (bom: boolean) => addressOf(path, {}, { ...query, language, bom: String(bom) })
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={17} />}>
          {text('deliveries.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={to(true)} download>
          {text('deliveries.exportSpreadsheet')}
        </Menu.Item>
        <Menu.Item component="a" href={to(false)} download>
          {text('deliveries.exportPlain')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
