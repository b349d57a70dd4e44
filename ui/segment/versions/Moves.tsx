import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Segment } from '../../../api/contract/segments.ts'
import type { Rule } from '../../../rules/rule.ts'
import { comparisonQuery } from '../../client/versions.ts'
import { ErrorState } from '../../shared/ErrorState.tsx'
import { RowsLoading } from '../../shared/Loading.tsx'
import { richTags } from '../../shared/useText.tsx'
import { Moved } from './Moved.tsx'
import classes from './versions.module.css'

const MOVES = ['entered', 'left', 'stay'] as const
type Move = (typeof MOVES)[number]

type Props = { segment: Pick<Segment, 'id' | 'scope'>; before: Rule; after: Rule }

/** Who would enter, leave and stay if one rule took the place of another: three numbers, each with its customers. */
export function Moves({ segment, before, after }: Props) {
  const [shown, show] = useState<Move | null>(null)
  const { data, error, refetch } = useQuery(comparisonQuery(segment, before, after))
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data === undefined) return <RowsLoading rows={1} />
  return (
    <div>
      <div className={classes.moves} role="status">
        {MOVES.map((move) => (
          <UnstyledButton
            key={move}
            className={classes.move}
            data-move={move}
            disabled={data[move] === 0}
            aria-expanded={shown === move}
            onClick={() => show(shown === move ? null : move)}
          >
            <FormattedMessage id={`version.${move}`} values={{ ...richTags, count: data[move] }} />
          </UnstyledButton>
        ))}
      </div>
      {shown !== null && <Moved key={shown} segment={segment} before={before} after={after} move={shown} />}
    </div>
  )
}
