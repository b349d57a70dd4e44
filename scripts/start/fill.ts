import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { openDatabase } from '../../domain/database.ts'
import { fillDemo } from '../../domain/demo/fillDemo.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { migrate } from '../../migrations/run.ts'
import { during, say } from '../parts/progress.ts'
import type { Environment } from './environment.ts'

/**
 * Brings the database to the newest schema and puts in what an empty one needs: an admin, the standard segments, and
 * the demo business where it is wanted.
 */
export async function fillDatabase(environment: Environment, url: string): Promise<void> {
  const db = openDatabase(url, 4)
  try {
    const migrations = await during('database', 'migrating', () => migrate(db))
    if (migrations.length > 0) say('database', `migrated: ${migrations.length} new`)
    await installStatusAutomation(db, new Date())
    await installStandardSegments(db, new Date())
    if (environment.demo && (await during('demo', 'filling in a studio', () => fillDemo(db, new Date())))) {
      // the worker would do it, too; but whoever opens the page at once shall not see empty segments
      await during('demo', 'finding out who is in which segment', () => refreshSegments(db, new Date()))
      say('demo', 'a studio with two years of invented bookings is in the database')
    }
    const admin = await createFirstAdmin(db, new Date(), environment.admin)
    if (admin !== null) {
      const password = environment.admin === undefined ? `${admin.password}   (shown only this once)` : 'as configured'
      say('admin', `sign in as   ${admin.email}`)
      say('admin', `password     ${password}`)
    }
  } finally {
    await db.destroy()
  }
}
