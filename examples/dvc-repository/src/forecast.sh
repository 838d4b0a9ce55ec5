# The mean of the last months' revenue of each country, as JSON.
months=$1
shift
echo '{'
for file; do
  country=$(basename "$file" .csv)
  mean=$(tail -n "$months" "$file" | awk -F, '{ sum += $2 } END { printf "%.2f", sum / NR }')
  [ "$file" = "$1" ] || echo ','
  printf '  "%s": %s' "$country" "$mean"
done
printf '\n}\n'
