// `node scripts/prepare.ts`: makes what would else be made at the first start, the pages and the bundle of the workflows.
// An image that has been built with it writes nothing into its own folders.
import { join } from 'node:path'
import { workflowBundle } from '../activities/workflowBundle.ts'
import { ROOT } from './parts/root.ts'
import { buildUi } from './parts/ui.ts'

await buildUi()
await workflowBundle(join(ROOT, 'dist'))
