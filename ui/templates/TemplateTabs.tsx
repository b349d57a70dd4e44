import { Link } from '@tanstack/react-router'
import tabs from '../segment/SegmentTabs.module.css'
import { useText } from '../shared/useText.tsx'

/** The sides of a template: what it is, and how it came to be so. */
export function TemplateTabs({ id }: { id: string }) {
  const text = useText()
  const common = { params: { id }, className: tabs.tab, activeProps: { 'data-active': true } } as const
  return (
    <nav className={tabs.tabs} aria-label={text('template.sides')}>
      <Link to="/templates/$id" activeOptions={{ exact: true, includeSearch: false }} {...common}>
        {text('template.side.editor')}
      </Link>
      <Link to="/templates/$id/versions" activeOptions={{ includeSearch: false }} {...common}>
        {text('segment.versions')}
      </Link>
      <Link to="/templates/$id/uses" activeOptions={{ includeSearch: false }} {...common}>
        {text('templates.usedBy')}
      </Link>
    </nav>
  )
}
