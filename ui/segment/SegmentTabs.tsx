import { Link } from '@tanstack/react-router'
import { useText } from '../shared/useText.tsx'
import classes from './SegmentTabs.module.css'

/** The two sides of a segment: who is in it, and why. */
export function SegmentTabs({ id }: { id: string }) {
  const text = useText()
  const common = { params: { id }, className: classes.tab, activeProps: { 'data-active': true } } as const
  return (
    <nav className={classes.tabs} aria-label={text('segment.views')}>
      <Link to="/segments/$id" activeOptions={{ exact: true, includeSearch: false }} {...common}>
        {text('segment.members')}
      </Link>
      <Link to="/segments/$id/rule" activeOptions={{ includeSearch: false }} {...common}>
        {text('segment.rule')}
      </Link>
    </nav>
  )
}
