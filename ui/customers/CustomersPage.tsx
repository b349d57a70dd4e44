import { Page } from '../shared/Page.tsx'

export function CustomersPage() {
  return <Page title="CustomersPage">…</Page>
}
