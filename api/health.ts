import { getHealth } from './contract/health.ts'
import { checkHealth } from './server/checkHealth.ts'
import { type Route, route } from './server/route.ts'

export const healthRoutes: Route[] = [route(getHealth, async ({ services }) => checkHealth(services))]
