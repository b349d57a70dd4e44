import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { ConflictDialog } from '../../shared/keeping/ConflictDialog.tsx'
import { KeptWords } from '../../shared/keeping/KeptWords.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { useText } from '../../shared/useText.tsx'
import type { Content } from '../mjml/draft.ts'
import { ContentChanges } from '../versions/ContentChanges.tsx'
import type { KeptDraft } from './useKeeping.ts'

type Props = {
  /** The template that it is a draft of. */
  id: string
  draft: KeptDraft
  /** What is on the page. */
  content: Content
  changed: boolean
  /** Whether there is a published version to go back to. */
  canThrowAway: boolean
}

/** Whether the draft is safe, the way to throw it away, and the choice when somebody else has kept another one. */
export function DraftState({ id, draft, content, changed, canThrowAway }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const { keeping } = draft
  const [asking, ask] = useState(true)
  return (
    <Group gap={8} wrap="nowrap" role="status" style={{ minWidth: 0 }}>
      {keeping.kind === 'conflict' && (
        <Button size="compact-sm" color="orange" variant="light" onClick={() => ask(true)}>
          {text('draft.conflict')}
        </Button>
      )}
      {keeping.kind === 'failed' && (
        <Text span fz="sm" c="var(--mantine-color-error)" title={problemText(keeping.error)} truncate>
          <KeptWords keeping={keeping} />
        </Text>
      )}
      {(keeping.kind === 'kept' || keeping.kind === 'keeping') && (
        <Text span fz="sm" c="dimmed" truncate>
          <KeptWords keeping={keeping} />
        </Text>
      )}
      {changed && canThrowAway && keeping.kind === 'kept' && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={draft.throwAway} flex="none">
          {text('draft.throwAway')}
        </Button>
      )}
      {keeping.kind === 'conflict' && (
        <ConflictDialog
          draft={draft}
          opened={asking}
          onClose={() => ask(false)}
          difference={
            <ContentChanges id={id} from={content} to="draft" stamp={String(keeping.theirs?.revision ?? '')} />
          }
          hint={text('template.draft.undoable')}
        />
      )}
    </Group>
  )
}
