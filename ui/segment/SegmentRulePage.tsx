import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { PageLoading } from '../shared/Loading.tsx'

const route = getRouteApi('/shell/segments/$id/rule')
const RuleCanvasPage = lazy(() => import('../canvas/RuleCanvasPage.tsx'))

/** The rule of a segment on the canvas, which is loaded when it is first opened. */
export function SegmentRulePage() {
  const { id } = route.useParams()
  return (
    <Suspense fallback={<PageLoading />}>
      <RuleCanvasPage key={id} segmentId={id} />
    </Suspense>
  )
}
