import { Page } from '../shared/Page.tsx'

export function SignInPage() {
  return <Page title="SignInPage">…</Page>
}
