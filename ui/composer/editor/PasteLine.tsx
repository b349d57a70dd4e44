import { CloseButton, Group, Text } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import type { MessageId } from '../../messages/index.ts'
import { useText } from '../../shared/useText.tsx'
import type { PasteReport } from '../paste/report.ts'
import classes from './PasteLine.module.css'

const SENTENCES: readonly [keyof PasteReport, MessageId][] = [
  ['images', 'composer.paste.images'],
  ['tables', 'composer.paste.tables'],
  ['lists', 'composer.paste.lists'],
  ['active', 'composer.paste.active'],
  ['links', 'composer.paste.links'],
  ['hidden', 'composer.paste.hidden'],
  ['styles', 'composer.paste.styles'],
]

/** Says quietly what was changed in what was pasted last. The place is there before, so that screen readers notice. */
export function PasteLine({ report, onClose }: { report: PasteReport | null; onClose: () => void }) {
  const text = useText()
  const parts = report === null ? [] : SENTENCES.filter(([name]) => report[name] > 0)
  return (
    <div role="status">
      {report !== null && (
        <Group className={classes.line} gap={8} wrap="nowrap" align="flex-start" data-testid="paste-report">
          <IconWand size={16} stroke={1.6} aria-hidden="true" style={{ flex: 'none', marginTop: 2 }} />
          <Text fz="sm" component="span" flex={1}>
            {text('composer.paste.title')} {parts.map(([name, id]) => text(id, { count: report[name] })).join(' ')}
          </Text>
          <CloseButton size="sm" aria-label={text('composer.paste.close')} onClick={onClose} />
        </Group>
      )}
    </div>
  )
}
