import { Badge } from '@mantine/core'
import type { Comparison } from '../../../api/contract/campaigns.ts'
import type { Report } from '../../../api/contract/reports.ts'
import { useReadableSubject } from '../../shared/useReadableSubject.ts'
import { useText } from '../../shared/useText.tsx'
import { NumbersTable } from './NumbersTable.tsx'
import { Part } from './Part.tsx'

type Props = { id: string; variants: Report['variants']; compared: Comparison | null }

/** How the compared messages did beside each other. */
export function Variants({ id, variants, compared }: Props) {
  const text = useText()
  const subjectOf = useReadableSubject()
  /** By what a reader knows it: its template, else its subject. */
  const nameOf = (variant: string) => {
    const message = compared?.variants.find((one) => one.variant === variant)
    return message?.template?.name ?? subjectOf(message?.subject ?? '')
  }
  return (
    <Part question={text('report.variants')}>
      <NumbersTable
        id={id}
        label={text('report.variants')}
        columns={[
          text('report.variant'),
          text('report.recipients'),
          text('report.opened'),
          text('report.clicked'),
          text('report.unsubscribed'),
        ]}
        lines={variants.map(({ variant, recipients, opened, clicked, unsubscribed }) => ({
          key: variant,
          name: (
            <>
              <strong>{variant.toUpperCase()}</strong> {nameOf(variant)}{' '}
              {variant === compared?.winner && (
                <Badge size="sm" color="green">
                  {text('report.winner')}
                </Badge>
              )}
            </>
          ),
          cells: [
            { value: recipients, search: { variant } },
            { value: opened, search: { variant, reaction: 'opened' } },
            { value: clicked, search: { variant, reaction: 'clicked' } },
            { value: unsubscribed, search: { variant, wish: 'unsubscribed' } },
          ],
        }))}
      />
    </Part>
  )
}
