// The grids of weights with the keyboard and the clipboard: arrow keys and Enter walk through a column, and cells copied
// from a spreadsheet fill the grid from the cell that they are pasted into. Without it the page works all the same.

const cellsOf = (row) => [...row.querySelectorAll('input[data-cell]')]
const rowsOf = (grid) => [...grid.querySelectorAll('tr')].map(cellsOf).filter((cells) => cells.length)

function placeOf(field) {
  const rows = rowsOf(field.closest('[data-grid]'))
  const row = rows.findIndex((cells) => cells.includes(field))
  return { rows, row, column: rows[row].indexOf(field) }
}

function mark(field) {
  field.classList.toggle('ln-weights__field--changed', field.value.trim() !== field.dataset.was)
}

function walk(event) {
  const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key]
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return
  const { rows, row, column } = placeOf(event.target)
  event.preventDefault()
  const next = rows[row + step]?.[column]
  next?.focus()
  next?.select()
}

// Enter in another field presses the button beside it, not the form's first one.
function press(event) {
  event.preventDefault()
  event.target.closest('[data-enter]').querySelector('button').click()
}

function paste(event) {
  const lines = event.clipboardData.getData('text').replace(/\r?\n$/, '').split(/\r?\n/)
  const copied = lines.map((line) => line.split('\t').map((text) => text.trim()))
  if (copied.length === 1 && copied[0].length === 1) return
  event.preventDefault()
  const { rows, row, column } = placeOf(event.target)
  copied.forEach((texts, down) => {
    texts.forEach((text, right) => {
      const field = rows[row + down]?.[column + right]
      if (!field) return
      field.value = text
      mark(field)
    })
  })
  event.target.dispatchEvent(new Event('input', { bubbles: true }))
  event.target.dispatchEvent(new Event('change', { bubbles: true }))
}

// In a grid words stand in a row of their own, below that of the number, so that columns keep their width.
function putAt(field, said) {
  if (!field.matches('[data-cell]')) return field.before(said)
  const row = field.closest('tr')
  if (!row.nextElementSibling?.matches('.ln-weights__said')) {
    const below = document.createElement('tr')
    below.className = 'govuk-table__row ln-weights__said'
    const cell = below.insertCell()
    cell.className = 'govuk-table__cell'
    cell.colSpan = row.cells.length
    row.after(below)
  }
  row.nextElementSibling.cells[0].append(said)
}

// What is wrong is named in the bar that is fetched while one types; here it is said at the field as well.
function sayAtFields(bar) {
  document.querySelectorAll('[data-said], .ln-weights__said').forEach((said) => said.remove())
  document.querySelectorAll('input[data-was].govuk-input--error').forEach((field) => {
    field.classList.remove('govuk-input--error')
    field.removeAttribute('aria-invalid')
    field.removeAttribute('aria-describedby')
    document.getElementById(`${field.id}-error`)?.remove()
  })
  bar.querySelectorAll('a[href^="#"]').forEach((link) => {
    const field = document.getElementById(link.hash.slice(1))
    if (!field?.matches('input[data-was]')) return
    const said = document.createElement('p')
    said.className = 'govuk-error-message'
    said.id = `${field.id}-error`
    said.dataset.said = ''
    said.textContent = link.textContent
    putAt(field, said)
    field.classList.add('govuk-input--error')
    field.setAttribute('aria-invalid', 'true')
    field.setAttribute('aria-describedby', said.id)
  })
}

document.addEventListener('htmx:afterSettle', () => {
  const bar = document.getElementById('effect-summary')
  if (bar) sayAtFields(bar)
})
document.addEventListener('keydown', (event) => {
  if (event.target.matches?.('input[data-cell]')) walk(event)
  else if (event.key === 'Enter' && event.target.matches?.('[data-enter] input')) press(event)
})
document.addEventListener('paste', (event) => {
  if (event.target.matches?.('input[data-cell]')) paste(event)
})
document.addEventListener('input', (event) => {
  if (event.target.matches?.('input[data-was]')) mark(event.target)
})
