import {
  completeImport,
  createImport,
  type ImportFile,
  type ImportKind,
  keepImportPart,
} from '../../api/contract/imports.ts'
import { call } from '../client/call.ts'

/**
 * Uploads a file part by part and has it looked at.
 *
 * @param onProgress told how much of it is there, from 0 to 1
 * @throws ProblemError when it is refused, or the way to the server is broken
 */
export async function uploadFile(
  file: File,
  kind: ImportKind,
  onProgress: (share: number) => void,
): Promise<ImportFile> {
  const begun = await call(createImport, { body: { kind, name: file.name, size: file.size } })
  const { id, part_bytes: size } = begun
  for (let place = 0; place * size < file.size; place++) {
    const part = file.slice(place * size, (place + 1) * size)
    const data = base64(new Uint8Array(await part.arrayBuffer()))
    await call(keepImportPart, { params: { id, place: String(place) }, body: { data } })
    onProgress(Math.min(1, ((place + 1) * size) / file.size))
  }
  return call(completeImport, { params: { id } })
}

/** In pieces: a function takes so many arguments and no more. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(text)
}
