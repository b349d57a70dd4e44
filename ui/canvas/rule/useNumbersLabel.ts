import type { Path } from '../../../rules/rule.ts'
import { useText } from '../../shared/useText.tsx'
import { useCount } from './ruleView.ts'

/** The numbers of a card in words, for its label: “2,406 arrive, 1,187 pass, 1,219 out”. */
export function useNumbersLabel(path: Path): string {
  const text = useText()
  const arrive = useCount({ path, of: 'in' })
  const pass = useCount({ path, of: 'yes' })
  const out = useCount({ path, of: 'no' })
  if (arrive === undefined || pass === undefined || out === undefined) return text('canvas.counting')
  return text('canvas.card.numbers', { arrive, pass, out })
}
