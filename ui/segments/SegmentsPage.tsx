import { Page } from '../shared/Page.tsx'

export function SegmentsPage() {
  return <Page title="SegmentsPage">…</Page>
}
