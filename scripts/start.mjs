// `npm start`: plain JavaScript for any Node from 18 on; the work is done by scripts/start/main.ts on the project's Node.
import { runOnProjectNode } from './bootstrap.mjs'

await runOnProjectNode(new URL('./start/main.ts', import.meta.url), process.argv.slice(2))
