import { textOf } from '../../../rules/words.ts'
import classes from './cards.module.css'
import type { CardWords } from './cardWords.ts'

/** The words of a card; those that can be changed are pills. */
export function Sentence({ words }: { words: CardWords }) {
  return (
    <span className={classes.sentence}>
      {words.runs.map((run, index) =>
        run.field === undefined ? (
          run.text
        ) : (
          // the same value may be said twice
          <span key={`${run.field} ${String(index)}`} className={classes.pill} data-field={run.field}>
            {run.text}
          </span>
        ),
      )}
    </span>
  )
}

/** What the words say, for those who listen. */
export const saidBy = ({ runs }: CardWords): string => textOf(runs).replace(/[.:]$/, '')
