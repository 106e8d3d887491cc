// One live connection for the browser, shared by all tabs: it listens to whatever the open tabs show.
// Tabs say which topics they show; the worker passes on what the server says of them.

/** @type {Map<MessagePort, {id: string, origin: string, topics: string[]}>} */
const tabs = new Map()
let source = null
let listening = ''
let later = 0
let refusals = 0

function tell(message, wants = () => true) {
  for (const [port, tab] of tabs) if (wants(tab)) port.postMessage(message)
}

function address() {
  const topics = [...new Set([...tabs.values()].flatMap((tab) => tab.topics))].sort()
  const origin = [...tabs.values()].at(-1)?.origin ?? ''
  if (!topics.length) return ''
  return `${origin}/live?${topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&')}`
}

/** Opens a connection for the topics shown now; the old one stays until the new one listens, so nothing is missed. */
function connect() {
  const wanted = address()
  if (wanted === listening) return
  listening = wanted
  const old = source
  source = null
  if (!wanted) {
    old?.close()
    return
  }
  source = new EventSource(wanted, { withCredentials: true })
  attach(source, old)
}

function attach(mine, old) {
  mine.addEventListener('open', () => {
    old?.close()
    refusals = 0
    tell({ kind: 'open' })
  })
  mine.addEventListener('changed', (event) => tell({ kind: 'changed', topics: JSON.parse(event.data).topics }))
  mine.addEventListener('signed-out', () => {
    mine.close()
    listening = ''
    tell({ kind: 'signed-out' })
  })
  mine.addEventListener('error', () => {
    if (mine !== source) return
    old?.close()
    // The browser tries again by itself unless the server refused; then we do, less and less often.
    const isRefused = mine.readyState === EventSource.CLOSED
    tell({ kind: isRefused && !refusals ? 'refused' : 'lost' })
    if (isRefused) retry()
  })
}

function retry() {
  source = null
  listening = ''
  clearTimeout(later)
  refusals += 1
  later = setTimeout(connect, Math.min(60_000, 5_000 * refusals) * (0.75 + Math.random() / 2))
}

function soon() {
  clearTimeout(later)
  later = setTimeout(connect, 50)
}

function leave(port) {
  tabs.delete(port)
  soon()
}

function hear(port, message) {
  if (message.kind === 'bye') return leave(port)
  const isNew = !tabs.has(port)
  tabs.set(port, message)
  // A tab holds a lock for as long as it lives, so that one that crashed is noticed.
  if (isNew && navigator.locks) navigator.locks.request(`londonnet-tab-${message.id}`, () => leave(port))
  if (source?.readyState === EventSource.OPEN && address() === listening) port.postMessage({ kind: 'open' })
  return soon()
}

self.addEventListener('connect', (event) => {
  const port = event.ports[0]
  port.addEventListener('message', ({ data }) => hear(port, data))
  port.start()
})
