import { Page } from '../shared/Page.tsx'

export function MailingPage() {
  return <Page title="MailingPage">…</Page>
}
