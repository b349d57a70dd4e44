import type { ImportFile } from '../../api/contract/imports.ts'

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>

/** Uploads a file in its parts and has it looked at. */
export async function uploadFile(
  call: Call,
  { kind = 'customers', name, bytes }: { kind?: string; name: string; bytes: Buffer },
): Promise<ImportFile> {
  const { id, part_bytes: size } = (await call('POST', '/imports', { kind, name, size: bytes.length })) as ImportFile
  for (let place = 0; place * size < bytes.length; place++) {
    const part = bytes.subarray(place * size, (place + 1) * size)
    await call('PUT', `/imports/${id}/parts/${place}`, { data: part.toString('base64') })
  }
  return (await call('POST', `/imports/${id}/complete`)) as ImportFile
}
