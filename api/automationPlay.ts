import { placeholdersOf } from '../domain/automations/gallery/fromGallery.ts'
import { automationGallery, templatesIn } from '../domain/automations/gallery/readGallery.ts'
import { Problem } from '../domain/errors.ts'
import { galleryTemplate } from '../domain/templates/gallery/readGallery.ts'
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
  route(listAutomationGallery, async ({ query: { language }, caller, services }) => {
    const manager = caller?.kind === 'user' ? caller.email : null
    const gallery = automationGallery(language, await placeholdersOf(services.db, manager))
    const items = gallery.map((automation) => ({
      ...automation,
      templates: templatesIn(automation.definition).map((id) => ({ id, name: galleryTemplate(id, language).name })),
    }))
    return { items }
  }),
]
