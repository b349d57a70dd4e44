/** `npm run promote -- BUILD`: from now on the workers with this `WORKER_BUILD` get what is to be done. */
import { Connection } from '@temporalio/client'
import { readTemporal } from '../domain/temporalClient/readTemporal.ts'
import { currentBuild, promoteBuild } from './promoteBuild.ts'

const [build] = process.argv.slice(2)
if (build === undefined) {
  process.stderr.write('npm run promote -- BUILD: the WORKER_BUILD of workers that are up\n')
  process.exit(2)
}
const { client, namespace } = readTemporal(process.env)
const connection = await Connection.connect(client)
const place = { connection, namespace }
try {
  const before = await currentBuild(place)
  await promoteBuild(place, build)
  process.stdout.write(`${build} is current${before === null ? '' : `; before it was ${before}`}\n`)
} catch (error) {
  process.stderr.write(`${build} could not be promoted: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await connection.close()
}
