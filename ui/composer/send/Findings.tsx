import { Alert, UnstyledButton } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import type { Finding } from '../document/checkMessage.ts'
import type { PlacedMistake } from '../problems/placeMistakes.ts'
import classes from './Findings.module.css'
import { FindingText } from './FindingText.tsx'

type Props = {
  /** What our own check found and stops the mail. */
  findings: readonly Finding[]
  /** What the server refused, where it belongs. */
  mistakes: readonly PlacedMistake[]
  onGoTo: (place: 'subject' | readonly number[]) => void
}

/** What has to be put right before the mail can go, each with the way there. */
export function Findings({ findings, mistakes, onGoTo }: Props) {
  const text = useText()
  if (findings.length + mistakes.length === 0) return null
  const placeOf = (finding: Finding): 'subject' | readonly number[] => {
    if (finding.kind === 'no_subject') return 'subject'
    return 'path' in finding ? finding.path : []
  }
  return (
    <Alert color="red" variant="light" role="alert" title={text('composer.findings.title')} data-testid="findings">
      <ul className={classes.list}>
        {findings.map((finding) => (
          <li key={JSON.stringify(finding)}>
            <UnstyledButton className={classes.way} onClick={() => onGoTo(placeOf(finding))}>
              <FindingText finding={finding} />
            </UnstyledButton>
          </li>
        ))}
        {mistakes.map(({ place, message }) => (
          <li key={`${JSON.stringify(place)}${message}`}>
            {place.kind === 'subject' || place.kind === 'document' ? (
              <UnstyledButton
                className={classes.way}
                onClick={() => onGoTo(place.kind === 'subject' ? 'subject' : place.path)}
              >
                {message}
              </UnstyledButton>
            ) : (
              message
            )}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
