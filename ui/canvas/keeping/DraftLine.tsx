import { Button, Text } from '@mantine/core'
import { KeptWords } from '../../shared/keeping/KeptWords.tsx'
import { useText } from '../../shared/useText.tsx'
import panel from '../panel/panel.module.css'
import classes from './DraftLine.module.css'
import type { KeptDraft } from './useKeeping.ts'

type Props = {
  changed: boolean
  draft: KeptDraft
  onConflict: () => void
  /** Whether there is something published to go back to. */
  canThrowAway?: boolean
}

/** While the rule is being changed: that the draft is kept, and a way to throw it away. */
export function DraftLine({ changed, draft, onConflict, canThrowAway = true }: Props) {
  const text = useText()
  const { keeping } = draft
  return (
    <section className={panel.section} hidden={!changed && keeping.kind !== 'conflict'}>
      <span className={classes.line} role="status">
        {keeping.kind === 'conflict' ? (
          <Button size="compact-sm" color="orange" variant="light" onClick={onConflict}>
            {text('draft.conflict')}
          </Button>
        ) : (
          changed && (
            <Text span fz="sm" c={keeping.kind === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}>
              <KeptWords keeping={keeping} />
            </Text>
          )
        )}
        {changed && canThrowAway && keeping.kind === 'kept' && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={draft.throwAway}>
            {text('draft.throwAway')}
          </Button>
        )}
      </span>
    </section>
  )
}
