import { Button, Table, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { exportDeliveries } from '../../api/contract/deliveries.ts'
import { EXPORT_ENDPOINTS, type ExportName } from '../../api/contract/exports.ts'
import { hasPermission, type Permission } from '../../rules/access/permissions.ts'
import { addressOf } from '../client/address.ts'
import { useSession } from '../client/session.ts'
import { useMay } from '../client/useMay.ts'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { useLanguage } from '../shared/useLanguage.ts'
import { useText } from '../shared/useText.tsx'

const KINDS = Object.keys(EXPORT_ENDPOINTS) as ExportName[]
type Row = { name: ExportName | 'deliveries'; permission: Permission; path: string; query: Record<string, string> }

/** Everything that somebody may see, as files: what is theirs can be taken along at any time. */
export function ExportsPage() {
  const text = useText()
  const [language] = useLanguage()
  const { role } = useSession().user
  const mayImport = useMay('facts.write')
  const all: Row[] = [
    ...KINDS.map((name) => {
      const { path, permission } = EXPORT_ENDPOINTS[name]
      return { name, path, permission: permission as Permission, query: { language } }
    }),
    {
      name: 'deliveries',
      path: exportDeliveries.path,
      permission: exportDeliveries.permission as Permission,
      query: { language, bom: 'true' },
    },
  ]
  const rows = all.filter(({ permission }) => hasPermission({ role }, permission))
  return (
    <Page title={text('exports.title')} {...(mayImport && { back: { to: '/imports' as const } })}>
      <Text fz="sm" c="dimmed" mb="md" maw={760}>
        {text('exports.lead')}
      </Text>
      <ListPanel>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text('exports.what')}</Table.Th>
              <Table.Th visibleFrom="sm">{text('exports.contents')}</Table.Th>
              <Table.Th ta="right" aria-label={text('exports.download')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, path, query }) => (
              <Table.Tr key={name}>
                <Table.Td fw={550}>{text(`exports.kind.${name}`)}</Table.Td>
                <Table.Td visibleFrom="sm" c="dimmed">
                  {text(`exports.of.${name}`)}
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    component="a"
                    size="xs"
                    variant="default"
                    href={addressOf(path, {}, query)}
                    download
                    leftSection={<IconDownload size={15} />}
                    aria-label={text('exports.downloadOf', { what: text(`exports.kind.${name}`) })}
                  >
                    CSV
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ListPanel>
    </Page>
  )
}
