# Upper case, with an exclamation mark.
function base::shout(String $text, Integer[1] $times = 1) >> String {
  "${upcase($text)}${Array(Integer[1, $times]).map |$_| { '!' }.join}"
}
