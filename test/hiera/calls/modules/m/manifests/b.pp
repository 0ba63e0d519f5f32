class m::b($v='dflt') { notify { "m::b ${v}": } }
