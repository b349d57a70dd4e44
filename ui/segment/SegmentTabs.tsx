import { Link } from '@tanstack/react-router'
import { IfMay } from '../shared/IfMay.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './SegmentTabs.module.css'

type Props = {
  id: string
  /** The provider that was chosen stays so from view to view. */
  provider?: string | undefined
}

/** The sides of a segment: who is in it, why, and how it came to be so. */
export function SegmentTabs({ id, provider }: Props) {
  const text = useText()
  const search = provider === undefined ? {} : { provider }
  const common = { params: { id }, className: classes.tab, activeProps: { 'data-active': true } } as const
  return (
    <nav className={classes.tabs} aria-label={text('segment.views')}>
      <Link to="/segments/$id" search={search} activeOptions={{ exact: true, includeSearch: false }} {...common}>
        {text('segment.members')}
      </Link>
      <IfMay permission="rules.try">
        <Link to="/segments/$id/rule" activeOptions={{ includeSearch: false }} {...common}>
          {text('segment.rule')}
        </Link>
        <Link to="/segments/$id/versions" activeOptions={{ includeSearch: false }} {...common}>
          {text('segment.versions')}
        </Link>
      </IfMay>
      <Link to="/segments/$id/history" search={search} activeOptions={{ includeSearch: false }} {...common}>
        {text('segment.history')}
      </Link>
    </nav>
  )
}
