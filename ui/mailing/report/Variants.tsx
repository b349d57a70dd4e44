import { Badge } from '@mantine/core'
import type { Report } from '../../../api/contract/reports.ts'
import { useText } from '../../shared/useText.tsx'
import { NumbersTable } from './NumbersTable.tsx'
import { Part } from './Part.tsx'

type Props = { id: string; variants: Report['variants']; winner: string | null }

/** How the compared messages did beside each other. */
export function Variants({ id, variants, winner }: Props) {
  const text = useText()
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
              {variant.toUpperCase()}{' '}
              {variant === winner && (
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
