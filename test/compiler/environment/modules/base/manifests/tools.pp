class base::tools {
  package { ['curl', 'jq']: ensure => installed }
}
