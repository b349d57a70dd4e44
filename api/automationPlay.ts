import { Problem } from '../domain/errors.ts'
import {
  cancelDryRun,
  getDryRun,
  listAutomationGallery,
  listDryRunCustomers,
  previewAutomation,
  startDryRun,
  walkAutomation,
} from './contract/automationPlay.ts'
import { type Route, route } from './server/route.ts'

/** Until it is played. */
const notYet = (): never => {
  throw new Problem('unavailable', 'This is not there yet.')
}

export const automationPlayRoutes: Route[] = [
  route(previewAutomation, async () => notYet()),
  route(startDryRun, async () => notYet()),
  route(getDryRun, async () => notYet()),
  route(cancelDryRun, async () => notYet()),
  route(listDryRunCustomers, async () => notYet()),
  route(walkAutomation, async () => notYet()),
  route(listAutomationGallery, async () => notYet()),
]
