import { Page } from '../shared/Page.tsx'

export function InboxPage() {
  return <Page title="InboxPage">…</Page>
}
