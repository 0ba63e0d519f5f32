function functional::data() { { 'functional::x' => 'from the function', 'functional::y' => ['%{facts.role}'] } }
