/** A mail server that takes everything and keeps nothing: a process of its own, so that its work is not ours. */
import { type AddressInfo, createServer } from 'node:net'

let taken = 0
const END = Buffer.from('\r\n.\r\n')

const server = createServer({ noDelay: true }, (socket) => {
  let inData = false
  let tail = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.write('220 sink\r\n')
  socket.on('data', (chunk: Buffer) => {
    let text = Buffer.concat([tail, chunk])
    for (;;) {
      if (inData) {
        const end = text.indexOf(END)
        if (end === -1) {
          tail = text.subarray(-4)
          return
        }
        inData = false
        taken += 1
        socket.write('250 2.0.0 taken\r\n')
        text = text.subarray(end + END.length)
      } else {
        const end = text.indexOf('\r\n')
        if (end === -1) {
          tail = text
          return
        }
        const verb = text.subarray(0, 4).toString('latin1').toUpperCase()
        text = text.subarray(end + 2)
        inData = verb === 'DATA'
        if (verb === 'EHLO') socket.write('250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n')
        else if (verb === 'QUIT') socket.end('221 bye\r\n')
        else socket.write(inData ? '354 go on\r\n' : '250 ok\r\n')
      }
    }
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('message', () => process.send?.({ taken }))
process.on('disconnect', () => process.exit(0))
