/** Placeholder until the composer moves in. */
export default function ComposerPage() {
  return null
}
