// `npm run backup -- FILE` writes everything of the database into a file, `npm run restore -- FILE` fills an empty database
// from one. Which database is meant: `DATABASE_URL`, else the private one of a system that runs here.
import { wordsOf } from '../parts/hint.ts'
import { databaseUrl } from './place.ts'
import { readBackup } from './readBackup.ts'
import { writeBackup } from './writeBackup.ts'

const [act, file] = process.argv.slice(2)

async function main(): Promise<void> {
  if ((act !== 'backup' && act !== 'restore') || file === undefined) {
    throw new Error('npm run backup -- FILE.sql.gz, or npm run restore -- FILE.sql.gz')
  }
  const url = databaseUrl(process.env)
  if (act === 'backup') {
    const bytes = await writeBackup(url, file)
    process.stdout.write(`${file}: ${(bytes / 1e6).toFixed(1)} MB\n`)
    return
  }
  const held = await readBackup(url, file)
  process.stdout.write(
    'Restored. What was sent after the backup is not known to it; so these are paused, and wait for you:\n',
  )
  for (const name of [...held.campaigns, ...held.automations]) process.stdout.write(`  ${name}\n`)
  if (held.campaigns.length + held.automations.length === 0) process.stdout.write('  nothing was under way\n')
}

main().catch((error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`)
  process.exitCode = 1
})
