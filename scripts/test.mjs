// `npm test`: plain JavaScript for any Node from 18 on; the work is done by scripts/test/main.ts on the project's Node.
import { runOnProjectNode } from './bootstrap.mjs'

await runOnProjectNode(new URL('./test/main.ts', import.meta.url), process.argv.slice(2))
