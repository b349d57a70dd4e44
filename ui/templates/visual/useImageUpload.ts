import { useMutation } from '@tanstack/react-query'
import { storeImage } from '../../../api/contract/images.ts'
import { call } from '../../client/call.ts'

/** The largest picture that the server takes, in bytes. */
export const LARGEST = 5 * 1024 * 1024
/** The kinds of pictures that mail programs show. */
export const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']

/** Stores a picture with what it shows in words, and tells the path under which a template has it. */
export function useImageUpload(onStored: (path: string) => void) {
  return useMutation({
    mutationFn: async ({ file, alt }: { file: File; alt: string }) =>
      call(storeImage, { body: { data: await base64Of(file), name: file.name.slice(0, 200), alt } }),
    onSuccess: ({ path }) => onStored(path),
  })
}

/** The bytes of a file as base64; by way of a data address, so that a large one does not stop the page. */
const base64Of = (file: File): Promise<string> =>
  new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(file)
  })
