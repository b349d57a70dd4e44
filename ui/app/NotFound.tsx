import { NothingHere } from '../shared/NothingHere.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'

export function NotFound() {
  const text = useText()
  return (
    <Page title={text('notFound.title')}>
      <NothingHere />
    </Page>
  )
}
