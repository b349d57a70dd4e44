import { Page } from '../shared/Page.tsx'

export function MailingsPage() {
  return <Page title="MailingsPage">…</Page>
}
