/**
 * Whether a refusal for good says that the address itself is no good, so that nothing should go there again. Refusals
 * of policy (`5.7.…`: our reputation, our DNS records), of content and of full mailboxes (`5.2.2`) say nothing about the
 * address. Codes as in RFC 5321 4.2.3 and RFC 3463.
 *
 * @param words the server's answer, e.g. `550 5.1.1 no such user`
 */
export function isBadAddress(words: string): boolean {
  const enhanced = /\b5\.(\d{1,3})\.(\d{1,3})\b/.exec(words)
  if (enhanced !== null) {
    const [, subject, detail] = enhanced
    // 5.1.7 and 5.1.8 are about the sender's address
    return (subject === '1' && detail !== '7' && detail !== '8') || (subject === '2' && detail === '1')
  }
  return /^(550|551|553)\b/.test(words)
}
