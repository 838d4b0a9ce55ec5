# Revenue of one country by month, as CSV.
awk -F, -v country="$1" '
  BEGIN { print "month,revenue" }
  $2 == country { sum[substr($1, 1, 7)] += $4 }
  END { for (month in sum) printf "%s,%.2f\n", month, sum[month] | "sort" }
'
