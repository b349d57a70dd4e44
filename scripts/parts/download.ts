import { writeFile } from 'node:fs/promises'

/** Fetches an address into a file. Fails within 15 s when nobody answers. */
export async function download(url: string, file: string): Promise<void> {
  const controller = new AbortController()
  const patience = setTimeout(() => controller.abort(), 15_000)
  const response = await fetch(url, { signal: controller.signal })
    .catch((error: Error) => {
      throw new Error(`${new URL(url).host} cannot be reached`, { cause: error })
    })
    .finally(() => clearTimeout(patience))
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`)
  await writeFile(file, Buffer.from(await response.arrayBuffer()))
}
