# Made-up drug lines with the dirt of real files: awk -v seed=20190401 -f drug_lines.awk. The same seed gives the same
# bytes. The NHS numbers are of the range 999, kept for tests.

function draw(count) {
  state = (state * 16807) % 2147483647
  return state % count
}

function two(number) { return sprintf("%02d", number) }

# With its check digit by modulus 11; numbers that would need 10 for one are drawn again.
function nhs_number(    digits, i, sum, check) {
  do {
    digits = "999" sprintf("%06d", draw(1000000))
    sum = 0
    for (i = 1; i <= 9; ++i) sum += substr(digits, i, 1) * (11 - i)
    check = (11 - sum % 11) % 11
  } while (check == 10)
  return digits check
}

BEGIN {
  state = seed
  split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", month_names, " ")
  split("69896004 34000006 69896004.0", indications, " ")
  printf "NON-CDS UNIQUE IDENTIFIER,Organisation_Identifier_(Code_of_Commissioner),NHS NUMBER,PERSON BIRTH DATE,"
  printf "CLINICAL INTERVENTION DATE (DRUG DISPENSED)\240,DATE AND TIME DATA SET CREATED,"
  printf "THERAPEUTIC INDICATION CODE (SNOMED CT),DRUG NAME (HIGH COST TARIFF EXCLUDED DRUG),DISPENSING ROUTE,VAT,"
  printf "WEIGHT,WEIGHED,TOTAL COST,LOCAL NOTES\r\n"
  for (line = 1; line <= 24; ++line) print_line(line)
}

function print_line(line,    day, month, dispensed, number, pence, pounds, cost, form) {
  day = 1 + draw(28)
  month = 4 + draw(6)
  form = line % 6
  if (form == 0) dispensed = two(day) "/" two(month) "/2019"
  if (form == 1) dispensed = two(day) "-" two(month) "-2019 0" draw(10) ":30"
  if (form == 2) dispensed = "2019-" two(month) "-" two(day) " 00:00:00 00:00"
  if (form == 3) dispensed = "2019/" two(month) "/" two(day) " 1" draw(10) ":05"
  if (form == 4) dispensed = two(day) "-" month_names[month] "-2019"
  if (form == 5) dispensed = "2019-" two(month) "-" two(day)
  number = nhs_number()
  if (line % 3 == 0) number = substr(number, 1, 3) " " substr(number, 4, 3) " " substr(number, 7)
  pounds = 1100 + draw(850)
  pence = two(draw(100))
  cost = "\"\243" int(pounds / 1000) "," sprintf("%03d", pounds % 1000) "." pence "\""
  if (line % 5 == 1) cost = "\"(" int(pounds / 1000) "," sprintf("%03d", pounds % 1000) "." pence ")\""
  if (line % 5 == 2) cost = " " pounds "." pence " "
  if (line % 5 == 3) cost = "-\243" pounds % 1000
  if (line == 7) cost = "TBC"
  # From here on what cannot be read, and keeps its line.
  if (line == 13) cost = "\"1,5\""
  if (line == 14) cost = "352.1234567"
  if (line == 15) dispensed = "2020-10 18:39"
  if (line == 16) dispensed = "mm:ss.s"
  if (line == 17) dispensed = "31/06/2019"
  printf "L-%02d,%s,%s,%s,%s,", line, line % 2 ? "06p" : " 06P ", number,
    two(1 + draw(28)) "-" month_names[1 + draw(12)] "-" two(30 + draw(60)), dispensed
  printf "%s,%s,%s,%s,", "11/" two(1 + draw(12)) "/2019 0" 1 + draw(9) ":15:00 PM", indications[1 + draw(3)],
    "Adalimumab 40mg/0.8ml (caf\351 label)", line == 18 ? "9" : draw(2) ? "H" : "W"
  printf "%s,%s,%s,%s,%s\r\n", draw(8) ? "N" : "Y", 45000 + draw(50000), 43500 + draw(60) "." draw(100), cost,
    "note " draw(10)
}
