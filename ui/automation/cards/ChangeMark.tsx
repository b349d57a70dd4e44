import { useText } from '../../shared/useText.tsx'
import { useDifference } from '../automationView.ts'
import classes from './cards.module.css'

/** What became of a card since another version, where versions are compared. */
export function ChangeMark({ card }: { card: string }) {
  const text = useText()
  const difference = useDifference(card)
  if (difference === undefined) return null
  return (
    <span className={classes.change} data-change={difference}>
      {text(`automation.change.${difference}`)}
    </span>
  )
}
