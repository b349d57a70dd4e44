import type { Settings } from '../settings/readSettings.ts'

/**
 * The address that a mail's envelope names as its sender: where mail servers send what they can't deliver.
 *
 * @param _delivery the mail that goes out; null for one that is no delivery, such as a test
 */
export function returnPath(settings: Settings, _delivery: number | null): string {
  return settings.senderEmail
}
