import { Page } from '../shared/Page.tsx'

export function CustomerPage() {
  return <Page title="CustomerPage">…</Page>
}
