#!/usr/bin/env node
// `npx perennial`: plain JavaScript for any Node from 18 on; the work is done by scripts/rules/main.ts on the project's Node.
import { runOnProjectNode } from './bootstrap.mjs'

// what is said on the way there must not get into what the command says
const quietly = { cwd: process.cwd(), notes: process.stderr }
await runOnProjectNode(new URL('./rules/main.ts', import.meta.url), process.argv.slice(2), quietly)
