import { Page } from '../shared/Page.tsx'

export function SegmentPage() {
  return <Page title="SegmentPage">…</Page>
}
